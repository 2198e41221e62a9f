package loginstream.steps;

import static loginstream.steps.Expected.deadLetter;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import loginstream.login.Login;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;

/**
 * What a step is to do. Its YAML, and the same in Java, stand between validator and enricher of the pipeline's route. What
 * is not said otherwise of a login is that nothing happens to it: it becomes a result, or, where it is bad, a dead letter.
 */
final class StepCase {
    private final String step;
    private final String name;
    private String yaml;
    private String topLevel = "";
    private String moreRoutes = "";
    private UnaryOperator<ProcessorDefinition<?>> java = UnaryOperator.identity();
    private Consumer<RouteBuilder> javaTopLevel = builder -> {};
    private boolean inJava;
    private final Map<Sample, List<Expected>> expected = new EnumMap<>(Sample.class);
    private Consumer<StepsFixture> beforehand = fixture -> {};
    private Afterwards afterwards = (fixture, result) -> {};

    /** What there is to be looked at besides what was sent. */
    @FunctionalInterface
    interface Afterwards {
        void check(StepsFixture fixture, StepsFixture.Result result) throws Exception;
    }

    private StepCase(String step, String name) {
        this.step = step;
        this.name = name;
        Sample.good().forEach(sample -> expected.put(sample, List.of(Expected.output(sample))));
        expected.put(Sample.INVALID, List.of(deadLetter(Sample.INVALID, "invalid", "device_type: missing", 1)));
        expected.put(
                Sample.UNPARSEABLE, List.of(deadLetter(Sample.UNPARSEABLE, "unparseable", "not a JSON object", 1)));
        expected.put(Sample.UNWANTED, List.of());
        expected.put(Sample.TOMBSTONE, List.of());
    }

    /**
     * A case of a step.
     *
     * @param step by its name in the YAML schema
     */
    static StepCase of(String step, String name) {
        return new StepCase(step, name);
    }

    /** The steps in YAML. */
    StepCase yaml(String steps) {
        yaml = steps;
        return this;
    }

    /** The same steps in Java. */
    StepCase java(UnaryOperator<ProcessorDefinition<?>> steps) {
        java = steps;
        inJava = true;
        return this;
    }

    /** What stands in YAML outside of the route, in its file. */
    StepCase topLevel(String text) {
        topLevel = text;
        return this;
    }

    /** The same in Java, ahead of the route. */
    StepCase javaTopLevel(Consumer<RouteBuilder> statements) {
        javaTopLevel = statements;
        inJava = true;
        return this;
    }

    /** Further routes, in YAML for both. */
    StepCase routes(String text) {
        moreRoutes = text;
        return this;
    }

    /** What is sent for each good login, in this order. */
    StepCase each(Function<Sample, List<Expected>> sends) {
        Sample.good().forEach(sample -> expected.put(sample, sends.apply(sample)));
        return this;
    }

    /** What is sent for each good login before its result. */
    StepCase eachFirst(Function<Sample, Expected> send) {
        return each(sample -> List.of(send.apply(sample), Expected.output(sample)));
    }

    /** The result of each good login. */
    StepCase result(Function<Expected, Expected> change) {
        return each(sample -> List.of(change.apply(Expected.output(sample))));
    }

    /** What is sent for one of them. */
    StepCase only(Sample sample, Expected... sends) {
        expected.put(sample, List.of(sends));
        return this;
    }

    /** What is sent for the one at which steps fail. */
    StepCase failing(Expected... sends) {
        return only(Sample.IPHONE, sends);
    }

    /** The failing one becomes a dead letter, with this reason. */
    StepCase failsWith(String reason) {
        return failing(Expected.failed(Sample.IPHONE, reason));
    }

    /** Beans that are needed. */
    StepCase beforehand(Consumer<StepsFixture> beans) {
        beforehand = beans;
        return this;
    }

    StepCase afterwards(Afterwards checks) {
        afterwards = checks;
        return this;
    }

    String step() {
        return step;
    }

    boolean isInYaml() {
        return yaml != null || !topLevel.isEmpty();
    }

    boolean isInJava() {
        return inJava;
    }

    String yaml() {
        return yaml == null ? "" : yaml;
    }

    String topLevel() {
        return topLevel;
    }

    String moreRoutes() {
        return moreRoutes;
    }

    UnaryOperator<ProcessorDefinition<?>> java() {
        return java;
    }

    Consumer<RouteBuilder> javaTopLevel() {
        return javaTopLevel;
    }

    Consumer<StepsFixture> beforehand() {
        return beforehand;
    }

    Afterwards afterwards() {
        return afterwards;
    }

    /** All that is to be sent, in its order. */
    List<Expected> sends() {
        return Stream.of(Sample.values())
                .flatMap(sample -> expected.get(sample).stream())
                .toList();
    }

    /** How each login is to end. */
    List<Login.State> states() {
        List<Login.State> states = new ArrayList<>();
        expected.forEach((sample, sends) -> states.add(state(sends)));
        return states;
    }

    private static Login.State state(List<Expected> sends) {
        if (sends.isEmpty()) {
            return Login.State.FILTERED;
        }
        return sends.stream().anyMatch(one -> one.topic().equals(Expected.DEAD_LETTERS))
                ? Login.State.DEAD_LETTERED
                : Login.State.PROCESSED;
    }

    @Override
    public String toString() {
        return step + ": " + name;
    }
}
