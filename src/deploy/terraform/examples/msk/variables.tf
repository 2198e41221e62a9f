variable "region" {
  description = "The region of AWS."
  type        = string
}

variable "vpc_id" {
  description = "The VPC that the brokers are in."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets for the brokers, one in each of three zones."
  type        = list(string)
}

variable "client_security_group_ids" {
  description = "Security groups by a name of yours, whose members may reach the brokers."
  type        = map(string)
}

variable "sinks" {
  description = "Sinks that run beside the pipeline (loginstream.sink): they share its principal."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for sink in var.sinks : contains(["postgres", "iceberg"], sink)])
    error_message = "Sinks are postgres and iceberg."
  }
}
