variable "kafka_id" {
  description = "The cluster, lkc-..."
  type        = string
}

variable "kafka_rest_endpoint" {
  description = "Its REST endpoint, https://pkc-..."
  type        = string
}

variable "kafka_api_key" {
  description = "A key to the cluster, of somebody who may make topics and give rights. Give it as TF_VAR_kafka_api_key."
  type        = string
  sensitive   = true
}

variable "kafka_api_secret" {
  description = "Its secret. Give it as TF_VAR_kafka_api_secret."
  type        = string
  sensitive   = true
}

variable "cloud_api_key" {
  description = "A key to the cloud, of somebody who may make service accounts. Give it as TF_VAR_cloud_api_key."
  type        = string
  sensitive   = true
}

variable "cloud_api_secret" {
  description = "Its secret. Give it as TF_VAR_cloud_api_secret."
  type        = string
  sensitive   = true
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
