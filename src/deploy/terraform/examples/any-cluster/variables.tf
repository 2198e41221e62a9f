variable "bootstrap_servers" {
  description = "host:port of one or more brokers."
  type        = list(string)
}

variable "ca_cert" {
  description = "Certificate, in PEM, of the authority of the brokers; null where the machine knows it."
  type        = string
  default     = null
}

variable "sasl_mechanism" {
  description = "How somebody who may make topics and give rights logs in."
  type        = string
  default     = "scram-sha512"

  validation {
    condition     = contains(["plain", "scram-sha256", "scram-sha512"], var.sasl_mechanism)
    error_message = "The mechanism is plain, scram-sha256 or scram-sha512."
  }
}

variable "sasl_username" {
  description = "Who that is."
  type        = string
}

variable "sasl_password" {
  description = "The password. Give it as TF_VAR_sasl_password."
  type        = string
  sensitive   = true
}

variable "principal" {
  description = "Whom Loginstream logs in as."
  type        = string
  default     = "User:loginstream"
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
