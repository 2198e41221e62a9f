package loginstream.route.trial;

import loginstream.route.stage.FailureReport;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ThrowExceptionDefinition;

/**
 * Where a step is.
 *
 * @param place file and line, or the step's id where Camel does not know them
 * @param id of the step
 * @param throwsOnPurpose whether to throw is what it is there for
 */
record StepPlace(String place, String id, boolean throwsOnPurpose) {
    static StepPlace of(NamedNode step) {
        String place = FailureReport.place(step).orElse("");
        return new StepPlace(place, step.getId(), step instanceof ThrowExceptionDefinition);
    }

    @Override
    public String toString() {
        return place.isEmpty() ? id : place + ": " + id;
    }
}
