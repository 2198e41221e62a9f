variable "name" {
  description = "Name of the cluster, and of what belongs to it."
  type        = string
  default     = "loginstream"
}

variable "vpc_id" {
  description = "The VPC that the brokers are in."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets for the brokers, each in a zone of its own."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "Brokers need subnets in two zones at least."
  }
}

variable "client_security_group_ids" {
  description = "Security groups by a name of yours, whose members may reach the brokers: the pods or machines that run Loginstream, and the one that runs Terraform."
  type        = map(string)
}

variable "acls" {
  description = "Rights by any unique key, for the policy: output acls of the module loginstream."
  type = map(object({
    operation     = string
    resource_type = string
    name          = string
    pattern_type  = string
  }))
}

variable "kafka_version" {
  description = "A version of Kafka that MSK has."
  type        = string
  default     = "3.9.x"

  validation {
    condition     = can(regex("^(3\\.([89]|[1-9][0-9])|[4-9])\\.", var.kafka_version))
    error_message = "Transactions with IAM need Kafka 3.8 or later."
  }
}

variable "broker_count" {
  description = "Brokers in all: a multiple of the number of subnets, and no fewer than the replication factor."
  type        = number
  default     = 3
}

variable "instance_type" {
  description = "Kind of machine for each broker."
  type        = string
  default     = "kafka.m7g.large"
}

variable "volume_gib" {
  description = "Disk of each broker, in GiB."
  type        = number
  default     = 100

  validation {
    condition     = var.volume_gib >= 1 && var.volume_gib <= 16384
    error_message = "A disk has 1 to 16384 GiB."
  }
}
