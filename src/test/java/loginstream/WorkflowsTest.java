package loginstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What actionlint does not see of GitHub's workflows: what of the tree they name, what they may do and for how long, and
 * that Dependabot looks after all that has versions.
 */
class WorkflowsTest {
    private static final Path WORKFLOWS = Path.of(".github/workflows");
    private static final Pattern PINNED = Pattern.compile("(\\./\\S+|[\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+)");
    private static final Pattern FILE = Pattern.compile("(?<![\\w/])(?:\\.ci|\\.github|src|routes)/[\\w./-]*\\w");
    private static final Pattern PROFILE = Pattern.compile("mvn .*-P(\\w+)");
    private static final Pattern PROPERTY = Pattern.compile("(?m)^ +sinks: -D(\\w+)$");
    private static final Map<String, Pattern> MANIFESTS = Map.of(
            "maven", Pattern.compile("pom\\.xml"),
            "docker", Pattern.compile("Dockerfile"),
            "docker-compose", Pattern.compile("(docker-)?compose.*\\.ya?ml"),
            "terraform", Pattern.compile(".*\\.tf"),
            "npm", Pattern.compile("package\\.json"),
            "pip", Pattern.compile("requirements.*\\.txt|pyproject\\.toml"),
            "gomod", Pattern.compile("go\\.mod"));
    private static final Set<String> BUILT = Set.of("target", ".git", ".terraform", "node_modules");

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(WORKFLOWS)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void saysWhatItMayDoAndForHowLong(Path workflow) throws IOException {
        Map<?, ?> content = read(workflow);

        assertThat(content.get("name") + ".yml")
                .isEqualTo(workflow.getFileName().toString());
        assertThat(content.get("permissions")).isEqualTo(Map.of("contents", "read"));
        assertThat(jobs(content)).isNotEmpty().allSatisfy(job -> {
            // One that calls a workflow can have no timeout: the called one has.
            if (!job.containsKey("uses")) {
                assertThat(job.get("timeout-minutes")).isInstanceOf(Integer.class);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void pinsWhatOthersHaveWritten(Path workflow) throws IOException {
        List<String> used = Files.readAllLines(workflow).stream()
                .filter(line -> line.matches(" +(- )?uses: .*"))
                .map(line -> line.replaceFirst(".*uses: ", ""))
                .toList();

        assertThat(used).isNotEmpty().allMatch(action -> PINNED.matcher(action).matches());
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void namesOnlyWhatIsThere(Path workflow) throws IOException {
        String text = Files.readString(workflow);
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(FILE.matcher(text).results().map(found -> Path.of(found.group())))
                .allSatisfy(file -> assertThat(file).exists());
        assertThat(FILE.matcher(text)
                        .results()
                        .map(found -> Path.of(found.group()))
                        .filter(file -> file.toString().endsWith(".sh")))
                .allMatch(Files::isExecutable);
        assertThat(PROFILE.matcher(text).results())
                .allSatisfy(found -> assertThat(pom).contains("<id>" + found.group(1) + "</id>"));
        assertThat(PROPERTY.matcher(text).results())
                .allSatisfy(found -> assertThat(pom).contains("<name>" + found.group(1) + "</name>"));
    }

    @Test
    void filesAndProfilesAreFound() throws IOException {
        assertThat(FILE.matcher("run: src/no.sh x >>.ci/no; mvn -B -Pno").results())
                .extracting(found -> found.group())
                .containsExactly("src/no.sh", ".ci/no");
        assertThat(PROFILE.matcher("run: src/no.sh x; mvn -B -Pno").results()).hasSize(1);
        assertThat(PROPERTY.matcher(Files.readString(WORKFLOWS.resolve("image.yml")))
                        .results())
                .hasSize(2);
    }

    /** Values come in the environment, where no text of a branch or a title becomes a part of the program. */
    @ParameterizedTest
    @MethodSource("workflows")
    void itsScriptsAreSound(Path workflow, @TempDir Path directory) throws Exception {
        boolean installed = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "shellcheck")));
        assumeTrue(installed || "true".equals(System.getenv("CI")), "no shellcheck");

        for (String script : scripts(read(workflow))) {
            assertThat(script).doesNotContain("${{");
            Path file = Files.writeString(directory.resolve("script"), "set -e\n" + script);
            Process shellcheck = new ProcessBuilder("shellcheck", "--shell=bash", file.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(shellcheck.getInputStream().readAllBytes());
            assertThat(shellcheck.waitFor()).as(output).isZero();
        }
    }

    @Test
    void dependabotLooksAfterEverything() throws IOException {
        assertThat(manifests(Path.of("."))).containsKeys("maven", "docker", "docker-compose");
        assertThat(unattended(Path.of("."))).isEmpty();
        assertThat(entries())
                .anySatisfy(entry -> assertThat(entry.get("package-ecosystem")).isEqualTo("github-actions"));
    }

    @Test
    void dependabotIsMissedWhereItDoesNotLook(@TempDir Path tree) throws IOException {
        for (String file : List.of(
                "pom.xml",
                "src/deploy/console/package.json",
                "src/deploy/terraform/modules/topics/main.tf",
                "src/elsewhere/main.tf",
                "target/Dockerfile")) {
            Files.createDirectories(tree.resolve(file).getParent());
            Files.createFile(tree.resolve(file));
        }

        assertThat(unattended(tree)).containsExactly("npm: /src/deploy/console", "terraform: /src/elsewhere");
    }

    private static List<String> unattended(Path tree) throws IOException {
        List<Map<?, ?>> entries = entries();
        return manifests(tree).entrySet().stream()
                .flatMap(found -> found.getValue().stream()
                        .filter(folder -> entries.stream()
                                .noneMatch(entry ->
                                        entry.get("package-ecosystem").equals(found.getKey()) && covers(entry, folder)))
                        .map(folder -> found.getKey() + ": " + folder))
                .toList();
    }

    private static boolean covers(Map<?, ?> entry, String folder) {
        List<?> patterns = entry.get("directories") instanceof List<?> several
                ? several
                : List.of(String.valueOf(entry.get("directory")));
        return patterns.stream().anyMatch(pattern -> FileSystems.getDefault()
                .getPathMatcher("glob:" + pattern)
                .matches(Path.of(folder)));
    }

    /** Folders with files that name versions, by who reads them. */
    private static Map<String, Set<String>> manifests(Path tree) throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(tree)) {
            files.map(tree::relativize)
                    .filter(file -> Stream.of(file.toString().split("/")).noneMatch(BUILT::contains))
                    .forEach(file -> MANIFESTS.forEach((ecosystem, name) -> {
                        if (name.matcher(file.getFileName().toString()).matches()) {
                            Path folder = Path.of("/").resolve(file).getParent();
                            found.computeIfAbsent(ecosystem, ignored -> new TreeSet<>())
                                    .add(folder.toString());
                        }
                    }));
        }
        return found;
    }

    private static List<Map<?, ?>> entries() throws IOException {
        return maps(read(Path.of(".github/dependabot.yml")).get("updates"));
    }

    private static List<Map<?, ?>> jobs(Map<?, ?> workflow) {
        return maps(List.copyOf(((Map<?, ?>) workflow.get("jobs")).values()));
    }

    private static List<String> scripts(Map<?, ?> workflow) {
        return jobs(workflow).stream()
                .filter(job -> job.containsKey("steps"))
                .flatMap(job -> maps(job.get("steps")).stream())
                .filter(step -> step.containsKey("run"))
                .map(step -> String.valueOf(step.get("run")))
                .toList();
    }

    private static List<Map<?, ?>> maps(Object list) {
        return ((List<?>) list)
                .stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList();
    }

    private static Map<?, ?> read(Path file) throws IOException {
        Load yaml = new Load(LoadSettings.builder().setLabel(file.toString()).build());
        return (Map<?, ?>) yaml.loadFromString(Files.readString(file));
    }
}
