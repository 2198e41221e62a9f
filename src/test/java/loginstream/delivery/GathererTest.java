package loginstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import loginstream.storage.Gathering;
import org.junit.jupiter.api.Test;

class GathererTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void withoutGatheringAnythingIsEnough() {
        Gatherer gatherer = new Gatherer(Gathering.NONE);

        assertThat(gatherer.isGathering()).isFalse();
        assertThat(gatherer.wantsMore(0)).isTrue();
        assertThat(gatherer.wantsMore(1)).isFalse();
    }

    @Test
    void enoughRecordsDoNotWait() {
        Gatherer gatherer = new Gatherer(new Gathering(10, LONG));

        assertThat(gatherer.isGathering()).isTrue();
        assertThat(gatherer.atOnce()).isEqualTo(10);
        assertThat(gatherer.wantsMore(9)).isTrue();
        assertThat(gatherer.wantsMore(10)).isFalse();
    }

    @Test
    void fewerGoWhenTheFirstHasWaitedLongEnough() throws InterruptedException {
        Gatherer gatherer = new Gatherer(new Gathering(10, Duration.ofMillis(1)));

        boolean first = gatherer.wantsMore(1);
        Thread.sleep(2);

        assertThat(first).isTrue();
        assertThat(gatherer.wantsMore(1)).isFalse();
        assertThat(gatherer.wantsMore(1)).isFalse(); // until they are handed out
        gatherer.handedOut();
        assertThat(gatherer.wantsMore(0)).isTrue();
    }
}
