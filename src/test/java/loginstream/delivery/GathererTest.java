package loginstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import loginstream.storage.Gathering;
import org.junit.jupiter.api.Test;

class GathererTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong(-17); // may be any number

    @Test
    void withoutGatheringAnythingIsEnough() {
        Gatherer gatherer = new Gatherer(Gathering.NONE, nanos::get);

        assertThat(gatherer.isGathering()).isFalse();
        assertThat(gatherer.wantsMore(0)).isTrue();
        assertThat(gatherer.wantsMore(1)).isFalse();
    }

    @Test
    void enoughRecordsDoNotWait() {
        Gatherer gatherer = new Gatherer(new Gathering(10, INTERVAL), nanos::get);

        assertThat(gatherer.isGathering()).isTrue();
        assertThat(gatherer.atOnce()).isEqualTo(10);
        assertThat(gatherer.wantsMore(9)).isTrue();
        assertThat(gatherer.wantsMore(10)).isFalse();
    }

    @Test
    void fewerGoWhenTheFirstHasWaitedLongEnough() {
        Gatherer gatherer = new Gatherer(new Gathering(10, INTERVAL), nanos::get);

        assertThat(gatherer.wantsMore(1)).isTrue();
        nanos.addAndGet(INTERVAL.toNanos() - 1);
        assertThat(gatherer.wantsMore(2)).isTrue();
        nanos.addAndGet(1);
        assertThat(gatherer.wantsMore(2)).isFalse();
        assertThat(gatherer.wantsMore(2)).isFalse(); // until they are handed out
        gatherer.handedOut();
        assertThat(gatherer.wantsMore(1)).isTrue();
    }
}
