// Brings the design system's components to life. Every page works without this.
import { initAll } from "./vendor/govuk-frontend.min.js";

initAll();
