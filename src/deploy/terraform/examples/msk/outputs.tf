output "bootstrap_brokers" {
  description = "Brokers (KAFKA_BOOTSTRAP_SERVERS)."
  value       = module.msk.bootstrap_brokers
}

output "client_policy_arn" {
  description = "The policy for the role that Loginstream runs with."
  value       = module.msk.client_policy_arn
}

output "topics" {
  description = "Names of the topics."
  value       = module.cluster.topics
}
