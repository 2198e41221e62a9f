package loginstream.delivery.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import loginstream.login.LoginBatch;
import loginstream.storage.Gathering;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** When a commit is due, and how soon the next one may follow. */
class CommitTimesTest {
    private final OnePartition partition = new OnePartition(Gathering.NONE);
    private final Settlement settlement = partition.settlement;

    @Test
    void batchesShareACommitForATwentiethOfASecond() {
        partition.routed(2);

        partition.now = partition.now.plusMillis(49);
        assertThat(settlement.isDue()).isFalse();
        partition.now = partition.now.plusMillis(1);
        assertThat(settlement.isDue()).isTrue();
    }

    @Test
    void soManyLoginsAreEnoughForACommitHoweverSoonTheyAreThere() {
        int routed = 0;
        while (routed < Uncommitted.ENOUGH) {
            assertThat(settlement.isDue()).isFalse();
            routed += partition.routed(500).size();
        }

        assertThat(routed).isEqualTo(Uncommitted.ENOUGH);
        assertThat(settlement.isDue()).isTrue();
    }

    @Test
    void aClockThatIsPutBackKeepsNoCommitWaiting() {
        // Given
        partition.routed(2);
        assertThat(settlement.isDue()).isFalse();

        // When
        partition.now = partition.now.minusSeconds(3600);

        // Then
        assertThat(settlement.isDue()).isTrue();
    }

    @Test
    void theNextCommitWaitsForMoreWhereOneWasBegunJustNow() {
        // Given
        assertThat(settlement.untilNextCommit()).isZero();

        // When
        partition.routed(2);
        settlement.commit();

        // Then
        partition.now = partition.now.plusMillis(5);
        assertThat(settlement.untilNextCommit()).isEqualTo(Duration.ofMillis(7));
        partition.now = partition.now.plusMillis(7);
        assertThat(settlement.untilNextCommit()).isZero();
    }

    @Test
    void theNextCommitWaitsForNothingMoreWhereTheLastOneFailed() {
        failedCommit();

        assertThat(settlement.untilNextCommit()).isZero();
    }

    @Test
    void afterAFailureEachBatchCommitsOnItsOwnUntilNothingWaits() {
        // Given
        failedCommit();
        partition.now = partition.now.plusSeconds(6);
        assertThat(settlement.recovered()).isTrue();
        LoginBatch again = settlement.next();

        // When
        settlement.succeeded(again, Duration.ZERO);

        // Then
        assertThat(settlement.isDue()).isTrue();
        settlement.commit();
        assertThat(settlement.isDue()).isFalse();
    }

    @Test
    void aSlowRouteIsHandedFewLogins() {
        // Given
        LoginBatch slow = partition.next(2);

        // When
        settlement.succeeded(slow, Duration.ofMinutes(1));

        // Then
        assertThat(partition.next(2).size()).isEqualTo(1);
        assertThat(settlement.next().size()).isEqualTo(1);
    }

    private void failedCommit() {
        partition.delivery.failNext(new TimeoutException("no answer"));
        partition.routed(2);
        settlement.commit();
    }
}
