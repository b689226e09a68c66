"""Turn a policy into what the threshold pages show. Pure: a policy in, words out."""
