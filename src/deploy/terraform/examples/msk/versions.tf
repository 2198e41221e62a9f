terraform {
  required_version = ">= 1.5.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.25.0"
    }
    kafka = {
      source  = "Mongey/kafka"
      version = "0.13.1"
    }
  }
}
