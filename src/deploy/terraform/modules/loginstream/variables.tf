variable "input_topic" {
  description = "Where logins come from (loginstream.input.topic); of a sink, the topic that it stores."
  type        = string
  default     = "user-login"

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{1,249}$", var.input_topic))
    error_message = "A topic name has 1 to 249 letters, digits, dots, underscores and dashes."
  }
}

variable "output_topic" {
  description = "Where good logins go (loginstream.output.topic); empty for a sink."
  type        = string
  default     = "processed-data"

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{0,249}$", var.output_topic))
    error_message = "A topic name has 1 to 249 letters, digits, dots, underscores and dashes."
  }
}

variable "dead_letter_topic" {
  description = "Where bad logins go, with the reason (loginstream.dead-letter.topic)."
  type        = string
  default     = "user-login.dlq"

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{1,240}$", var.dead_letter_topic))
    error_message = "It has 1 to 240 letters, digits, dots, underscores and dashes: .redriven comes behind."
  }
}

variable "group" {
  description = "The consumer group (loginstream.group). All transactional ids begin with it and a dash."
  type        = string
  default     = "loginstream"

  validation {
    condition     = length(var.group) > 0
    error_message = "The group needs a name."
  }
}

variable "commands" {
  description = "What the principal may do, by the words of the command line."
  type        = set(string)
  default     = ["run", "check", "dead-letters"]

  validation {
    condition     = alltrue([for command in var.commands : contains(["run", "check", "generate", "dead-letters", "replay"], command)])
    error_message = "Commands are run, check, generate, dead-letters and replay."
  }
}

variable "replayed_topic" {
  description = "Where a replay sends its results (replay --output). Made by the replay, not here."
  type        = string
  default     = "replayed"
}

variable "partitions" {
  description = "Partitions of each topic: as many processes as ever may share the work. With more of them later, the order of a key is lost once."
  type        = number
  default     = 12

  validation {
    condition     = var.partitions >= 1
    error_message = "A topic has a partition at least."
  }
}

variable "replication_factor" {
  description = "Replicas of each partition. Confluent Cloud decides that itself."
  type        = number
  default     = 3

  validation {
    condition     = var.replication_factor >= 1
    error_message = "A partition has a replica at least."
  }
}

variable "min_insync_replicas" {
  description = "Replicas that must have a record before it counts as written."
  type        = number
  default     = 2

  validation {
    condition     = var.min_insync_replicas >= 1
    error_message = "One replica at least must have a record."
  }
}

variable "retention_ms" {
  description = "How long logins are kept, in milliseconds: also the longest time that the pipeline may be away. 7 days."
  type        = number
  default     = 604800000

  validation {
    condition     = var.retention_ms == -1 || var.retention_ms > 0
    error_message = "Milliseconds, or -1 for ever."
  }
}

variable "dead_letter_retention_ms" {
  description = "How long dead letters are kept, in milliseconds. 30 days."
  type        = number
  default     = 2592000000

  validation {
    condition     = var.dead_letter_retention_ms == -1 || var.dead_letter_retention_ms > 0
    error_message = "Milliseconds, or -1 for ever."
  }
}

variable "dead_letter_max_message_bytes" {
  description = "Largest record of the dead-letter topic: a record of the input, and its headers on top."
  type        = number
  default     = 2097152

  validation {
    condition     = var.dead_letter_max_message_bytes >= 1064972
    error_message = "It must be 1064972 or more: the input topic takes 1048588 bytes, and a dead letter has up to 16 KiB of headers more."
  }
}
