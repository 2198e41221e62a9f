variable "topics" {
  description = "Topics by name: output topics of the module loginstream."
  type = map(object({
    partitions = number
    config     = map(string)
  }))
}

variable "acls" {
  description = "Rights by any unique key: output acls of the module loginstream."
  type = map(object({
    operation     = string
    resource_type = string
    name          = string
    pattern_type  = string
  }))
}

variable "principal" {
  description = "Whom the rights are for: a service account, User:sa-..."
  type        = string

  validation {
    condition     = startswith(var.principal, "User:")
    error_message = "A principal of Confluent Cloud begins with User:"
  }
}
