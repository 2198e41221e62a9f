variable "topics" {
  description = "Topics by name: output topics of the module loginstream."
  type = map(object({
    partitions         = number
    replication_factor = number
    config             = map(string)
  }))
}

variable "acls" {
  description = "Rights by any unique key: output acls of the module loginstream. Empty where something else than ACLs decides."
  type = map(object({
    operation     = string
    resource_type = string
    name          = string
    pattern_type  = string
  }))
}

variable "principal" {
  description = "Whom the rights are for; with client certificates User:CN=..."
  type        = string
  default     = "User:loginstream"

  validation {
    condition     = can(regex("^[A-Za-z]+:.+$", var.principal))
    error_message = "A principal is TYPE:NAME, for example User:loginstream."
  }
}
