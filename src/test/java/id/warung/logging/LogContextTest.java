package id.warung.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogContextTest {
    @ParameterizedTest
    @CsvSource({
        ",       ,       ,       ,     ''",
        "k3f9x2, ,       ,       ,     ' [session=k3f9x2]'",
        ",       ,       lobby,  ,     ' [room=lobby]'",
        ",       u-8x1c, lobby,  post, ' [user=u-8x1c room=lobby command=post]'",
        "k3f9x2, u-8x1c, ~u-8x1c, read, ' [session=k3f9x2 user=u-8x1c room=~u-8x1c command=read]'",
    })
    void theFieldsThatAreKnownStandBehindTheSentence(
            String session, String user, String room, String command, String fields) {
        LogContext context = new LogContext(session, null, null, null)
                .withUser(user)
                .withRoom(room)
                .withCommand(command);

        assertThat(context.line("A step failed")).isEqualTo("A step failed" + fields);
    }
}
