# Asks no provider: it only works out what one process of Loginstream needs.
terraform {
  required_version = ">= 1.5.0"
}
