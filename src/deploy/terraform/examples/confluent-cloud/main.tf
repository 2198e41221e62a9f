# The key for the cloud makes the service account, the one for the cluster topics and rights.
provider "confluent" {
  cloud_api_key       = var.cloud_api_key
  cloud_api_secret    = var.cloud_api_secret
  kafka_id            = var.kafka_id
  kafka_rest_endpoint = var.kafka_rest_endpoint
  kafka_api_key       = var.kafka_api_key
  kafka_api_secret    = var.kafka_api_secret
}

# Its API key is not made here: it would be in the state.
resource "confluent_service_account" "loginstream" {
  display_name = "loginstream"
  description  = "Brings logins from user-login to processed-data"
}

module "loginstream" {
  source = "../../modules/loginstream"
}

# A sink is a process like the other one: it reads the output topic, in a group and with dead letters of its own.
module "sink" {
  source   = "../../modules/loginstream"
  for_each = var.sinks

  input_topic       = "processed-data"
  output_topic      = ""
  dead_letter_topic = "processed-data.${each.key}.dlq"
  group             = "loginstream-${each.key}"
}

module "cluster" {
  source = "../../modules/confluent"

  topics    = merge(concat([for sink in module.sink : sink.topics], [module.loginstream.topics])...)
  acls      = merge(concat([for sink in module.sink : sink.acls], [module.loginstream.acls])...)
  principal = "User:${confluent_service_account.loginstream.id}"
}
