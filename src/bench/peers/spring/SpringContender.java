package loginstream.bench.peer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import loginstream.bench.contender.Assignment;
import loginstream.bench.contender.Contender;
import loginstream.bench.contender.DeadLetterSink;
import loginstream.login.Login;
import loginstream.login.Outbox;
import loginstream.login.TreeSteps;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

/** Spring Boot with a batch listener, exactly once: a transaction for what one poll brings. */
public final class SpringContender implements Contender {
    private final Assignment assignment;
    private final AtomicLong done = new AtomicLong();
    private ConfigurableApplicationContext context;

    public SpringContender(Assignment assignment) {
        this.assignment = assignment;
    }

    /** The application. */
    @Configuration
    @EnableAutoConfiguration
    static class Application {
        @Bean
        Pipeline pipeline(KafkaTemplate<byte[], byte[]> template, Assignment assignment, AtomicLong done) {
            return new Pipeline(template, assignment, done);
        }
    }

    /** Its listener. */
    static class Pipeline {
        private final Outbox outbox;
        private final Assignment assignment;
        private final AtomicLong done;
        private final TreeSteps steps;
        private final DeadLetterSink deadLetters;

        Pipeline(KafkaTemplate<byte[], byte[]> template, Assignment assignment, AtomicLong done) {
            this.outbox = (result, cause) -> template.send(result);
            this.assignment = assignment;
            this.done = done;
            this.steps = new TreeSteps(assignment.defaults());
            this.deadLetters = new DeadLetterSink(assignment.deadLetter());
        }

        @KafkaListener(topics = "${peer.input}")
        void handle(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                Login login = new Login(record, outbox);
                steps.apply(login);
                if (login.isOpen()) {
                    login.send(login.result(assignment.output()));
                } else if (login.rejection() != null) {
                    deadLetters.send(record, login.rejection(), outbox);
                }
            }
            done.addAndGet(records.size());
        }
    }

    @Override
    public void start() {
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE); // every contender logs to slf4j-simple
        context = new SpringApplicationBuilder(Application.class)
                .properties(Map.of(
                        "spring.config.location", "file:src/bench/peers/spring/application.properties",
                        "peer.bootstrap-servers", assignment.bootstrapServers(),
                        "peer.group", assignment.group(),
                        "peer.consumers", assignment.consumers(),
                        "peer.input", assignment.input()))
                .initializers(starting -> {
                    starting.getBeanFactory().registerSingleton("assignment", assignment);
                    starting.getBeanFactory().registerSingleton("done", done);
                })
                .run();
    }

    @Override
    public long done() {
        return done.get();
    }

    @Override
    public void close() {
        context.close();
    }
}
