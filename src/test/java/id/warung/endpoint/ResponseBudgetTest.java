package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResponseBudgetTest {
    private final ResponseBudget budget = new ResponseBudget(1_000);

    @Test
    void oneAddressHasAQuarterAndTheOthersTheRest() {
        assertThat(budget.take("a", 200)).isTrue();
        assertThat(budget.take("a", 51)).isFalse();
        assertThat(budget.take("a", 50)).isTrue();
        assertThat(budget.take("b", 250)).isTrue();
        assertThat(budget.take("c", 250)).isTrue();
        assertThat(budget.take("d", 250)).isTrue();
        assertThat(budget.take("e", 1)).isFalse();
        assertThat(budget.take("e", 0)).as("what needs none").isTrue();
    }

    @Test
    void oneLargeAnswerIsGivenToWhoHasNoOther() {
        assertThat(budget.take("a", 600)).isTrue();
        assertThat(budget.take("a", 1)).isFalse();
        assertThat(budget.take("a", 0)).as("what needs none").isTrue();
        assertThat(budget.take("b", 401)).isFalse();
        assertThat(budget.take("b", 400)).isTrue();
    }

    @Test
    void anUnidentifiedClientIsOnlyCountedInTotal() {
        assertThat(budget.take(null, 500)).isTrue();
        assertThat(budget.take(null, 500)).isTrue();
        assertThat(budget.take(null, 1)).isFalse();
        budget.giveBack(null, 500);
        assertThat(budget.take(null, 1)).isTrue();
    }

    @Test
    void returnedBytesAreAvailableAgain() {
        for (int i = 0; i < 100; i++) {
            assertThat(budget.take("a", 250)).isTrue();
            budget.giveBack("a", 250);
        }
        assertThat(budget.bytes()).isZero();
    }
}
