output "topics" {
  description = "Names of the topics."
  value       = module.cluster.topics
}

output "service_account" {
  description = "Whom Loginstream's API key is to be made for."
  value       = confluent_service_account.loginstream.id
}
