package loginstream.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import loginstream.fixture.Cluster;
import loginstream.fixture.SharedBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class EmbeddedBrokerIT {

    @Test
    void isFormattedWithTheTransactionsOfItsRelease(Cluster cluster) {
        // When
        int level = cluster.featureLevel("transaction.version");

        // Then the second version: each transaction has an epoch of its own, partitions are added by writing to them
        assertThat(level).isEqualTo(2);
    }
}
