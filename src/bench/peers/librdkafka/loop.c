/*
 * The bare loop on librdkafka: polls and sends the bytes on, at least once, neither read nor checked. What is left is the
 * price of a client without objects for each record. Takes servers, input, output, group, and the records of the warm-up
 * and of the measured part; with 0 of the latter it goes on until standard input ends.
 *
 * Sizes of fetches and requests are those of the other contenders
 * (https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md).
 */
#include <librdkafka/rdkafka.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define BATCH 10000

static void fail(const char *what, const char *why) {
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

static void set(rd_kafka_conf_t *conf, const char *name, const char *value) {
    char error[256];
    if (rd_kafka_conf_set(conf, name, value, error, sizeof error) != RD_KAFKA_CONF_OK) {
        fail(name, error);
    }
}

static rd_kafka_t *client(rd_kafka_type_t type, rd_kafka_conf_t *conf) {
    char error[256];
    rd_kafka_t *client = rd_kafka_new(type, conf, error, sizeof error);
    if (client == NULL) {
        fail("client", error);
    }
    return client;
}

static void delivered(rd_kafka_t *producer, const rd_kafka_message_t *message, void *opaque) {
    (void)producer;
    (void)opaque;
    if (message->err) {
        fail("delivery", rd_kafka_err2str(message->err));
    }
}

static double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static void say(const char *line) {
    puts(line);
    fflush(stdout);
}

/* Not that of getrusage, which begins with what the process had that has started this one. */
static double peak_rss_mib(void) {
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    long kib = 0;
    while (status != NULL && fgets(line, sizeof line, status) != NULL && sscanf(line, "VmHWM: %ld", &kib) != 1) {
    }
    if (status != NULL) {
        fclose(status);
    }
    return kib / 1024.0;
}

static int input_has_ended(void) {
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    char nothing;
    return poll(&in, 1, 0) > 0 && read(STDIN_FILENO, &nothing, 1) == 0;
}

int main(int argc, char **argv) {
    if (argc != 7) {
        fail("usage", "SERVERS INPUT OUTPUT GROUP WARM-UP RECORDS");
    }
    long warm_up = atol(argv[5]), records = atol(argv[6]);

    rd_kafka_conf_t *reading = rd_kafka_conf_new();
    set(reading, "bootstrap.servers", argv[1]);
    set(reading, "group.id", argv[4]);
    set(reading, "auto.offset.reset", "earliest");
    set(reading, "enable.auto.commit", "false");
    /*
     * Before version 2.2 nothing is fetched for a second once this queue is full, so it has room for the whole backlog,
     * and much memory.
     */
    set(reading, "queued.min.messages", "10000000");
    set(reading, "queued.max.messages.kbytes", "2000000");
    rd_kafka_t *consumer = client(RD_KAFKA_CONSUMER, reading);
    rd_kafka_poll_set_consumer(consumer);
    rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(topics, argv[2], RD_KAFKA_PARTITION_UA);
    rd_kafka_subscribe(consumer, topics);
    rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(consumer);

    rd_kafka_conf_t *writing = rd_kafka_conf_new();
    set(writing, "bootstrap.servers", argv[1]);
    set(writing, "acks", "all");
    set(writing, "batch.size", "262144");
    set(writing, "queue.buffering.max.kbytes", "65536");
    rd_kafka_conf_set_dr_msg_cb(writing, delivered);
    rd_kafka_t *producer = client(RD_KAFKA_PRODUCER, writing);
    rd_kafka_topic_t *output = rd_kafka_topic_new(producer, argv[3], NULL);

    static rd_kafka_message_t *batch[BATCH];
    long done = 0;
    int warm = 0;
    double begin = 0;
    while (!input_has_ended()) {
        /* One is waited for; the rest of the batch is what has come already. */
        batch[0] = rd_kafka_consumer_poll(consumer, 500);
        if (batch[0] == NULL) {
            continue;
        }
        ssize_t count = 1 + rd_kafka_consume_batch_queue(queue, 0, batch + 1, BATCH - 1);
        if (done == 0) {
            begin = seconds(CLOCK_MONOTONIC);
        }
        for (ssize_t i = 0; i < count; i++) {
            rd_kafka_message_t *record = batch[i];
            if (record->err) {
                fail("fetch", rd_kafka_message_errstr(record));
            }
            /* With its timestamp, as the others do. */
            rd_kafka_resp_err_t error;
            while ((error = rd_kafka_producev(
                        producer,
                        RD_KAFKA_V_RKT(output),
                        RD_KAFKA_V_KEY(record->key, record->key_len),
                        RD_KAFKA_V_VALUE(record->payload, record->len),
                        RD_KAFKA_V_TIMESTAMP(rd_kafka_message_timestamp(record, NULL)),
                        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                        RD_KAFKA_V_END))
                   == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
                rd_kafka_poll(producer, 10);
            }
            if (error) {
                fail("send", rd_kafka_err2str(error));
            }
            rd_kafka_message_destroy(record);
        }
        rd_kafka_flush(producer, 60000);
        rd_kafka_resp_err_t committed = rd_kafka_commit(consumer, NULL, 0);
        if (committed) {
            fail("commit", rd_kafka_err2str(committed));
        }
        done += count;
        if (!warm && done >= warm_up) {
            warm = 1;
            say("WARM");
        }
        if (records > 0 && done >= warm_up + records) {
            /* Of all of them: there is nothing to be warmed up, and much is fetched ahead, which has to be in it. */
            printf(
                "RESULT {\"records\":%ld,\"seconds\":%f,\"cpuSeconds\":%f,\"peakRssMiB\":%f}\n",
                done,
                seconds(CLOCK_MONOTONIC) - begin,
                seconds(CLOCK_PROCESS_CPUTIME_ID),
                peak_rss_mib());
            fflush(stdout);
            break;
        }
    }
    rd_kafka_consumer_close(consumer);
    return 0;
}
