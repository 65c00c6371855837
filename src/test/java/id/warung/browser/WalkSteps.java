package id.warung.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Everything that users do all day. Each step acts as a user does, and updates the model. */
final class WalkSteps {
    /** A step with its frequency; the act returns false when it is impossible now. */
    private record Step(int weight, Act act) {}

    private interface Act {
        boolean done();
    }

    private final Random random;
    private final List<Step> steps = new ArrayList<>();

    WalkSteps(Walk walk) {
        random = walk.random;
        WalkMoves moves = new WalkMoves(walk);
        WalkTalk talk = new WalkTalk(walk);
        WalkBreaks breaks = new WalkBreaks(walk);
        steps.add(new Step(12, moves::followsALink));
        steps.add(new Step(9, moves::followsAnAddress));
        steps.add(new Step(4, moves::choosesARoom));
        steps.add(new Step(6, moves::goesToTheNextRoom));
        steps.add(new Step(8, moves::goesBackOrForward));
        steps.add(new Step(8, breaks::reloads));
        steps.add(new Step(3, breaks::comesBackAnotherTime));
        steps.add(new Step(10, talk::says));
        steps.add(new Step(14, talk::isWrittenTo));
        steps.add(new Step(2, talk::isWrittenToAtLength));
        steps.add(new Step(5, talk::seesAnEdit));
        steps.add(new Step(4, talk::seesADeletion));
        steps.add(new Step(5, talk::seesAReaction));
        steps.add(new Step(5, talk::reacts));
        steps.add(new Step(4, talk::edits));
        steps.add(new Step(2, talk::deletes));
        steps.add(new Step(8, moves::scrollsUp));
        steps.add(new Step(5, moves::goesToTheEnd));
        steps.add(new Step(5, moves::followsALinkToAMessage));
        steps.add(new Step(4, talk::beginsToWrite));
        steps.add(new Step(3, breaks::opensOrClosesATab));
        steps.add(new Step(2, talk::seesARoomArchived));
        steps.add(new Step(3, breaks::isOfflineForAWhile));
        steps.add(new Step(1, breaks::losesTheServer));
    }

    /** Takes a step that is possible. */
    void take() {
        int all = steps.stream().mapToInt(Step::weight).sum();
        while (true) {
            int left = random.nextInt(all);
            for (Step step : steps) {
                left -= step.weight();
                if (left < 0) {
                    if (step.act().done()) {
                        return;
                    }
                    break;
                }
            }
        }
    }
}
