"""What a policy is: frozen records that check themselves when made, so that one that exists holds together."""
