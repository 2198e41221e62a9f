package loginstream.console;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.fixture.Browser;
import loginstream.fixture.Cluster;
import loginstream.fixture.Health;
import loginstream.fixture.Logins;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import loginstream.generator.GeneratorLoop;
import loginstream.sandbox.FreePort;
import loginstream.schema.TopicFormats;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The console in a real browser, in front of a running pipeline. Long, because the browser and the pipeline are started
 * once for all that is looked at.
 */
@ExtendWith(SharedBroker.class)
class ConsoleIT {
    private static Browser browser;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void quitBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void showsWhatHappensOnEveryScreenInBothThemes(Cluster cluster) throws Exception {
        // Given
        Settings settings =
                settings(cluster, cluster.freshTopics(3), "sandbox.rate", "150", "sandbox.bad-share", "0.05");
        try (Application application = new Application(settings);
                GeneratorLoop generator = GeneratorLoop.endless(
                        settings.kafka(),
                        settings.topics().input(),
                        settings.sandbox(),
                        TopicFormats.toInput(settings.schema(), settings.topics()))) {
            application.start();
            generator.start();

            // When
            open(settings);

            // Then the figures move
            await().atMost(30, SECONDS).until(() -> number("#processed") > 0);
            long processed = number("#processed");
            await().atMost(10, SECONDS).until(() -> number("#processed") > processed);
            assertThat(browser.text("#state")).isEqualTo("Running");
            await().atMost(20, SECONDS).untilAsserted(() -> {
                assertThat(Double.parseDouble(browser.text("#rate").replace(",", "")))
                        .isBetween(50.0, 250.0);
                assertThat(number("#dead-lettered")).isPositive();
                assertThat(browser.text("#p99")).endsWith("s");
                assertThat(browser.text("#by-device_type tbody")).contains("android", "iOS");
                assertThat(browser.all("#by-locale tbody tr")).isNotEmpty();
                assertThat(browser.all("#by-app_version tbody tr")).isNotEmpty();
                assertThat(browser.all("#partitions tr")).hasSize(3);
                assertThat(browser.all("#letters tr")).isNotEmpty();
                assertThat(browser.text("#route")).contains("from(\"kafka:{{loginstream.input.topic}}\")");
            });
            browser.find("[data-span=total]").click();
            assertThat(browser.text("#by-device_type tbody")).contains("android");
            await("a few points for the charts").atMost(30, SECONDS).until(() -> isDrawn("#throughput"));

            for (int width : new int[] {1280, 360}) {
                browser.resize(width, 900);
                for (String scheme : List.of("light", "dark")) {
                    browser.prefer(scheme);
                    assertThat(browser.scrollsSideways()).as(width + " px").isFalse();
                    browser.screenshot(scheme + "-" + width);
                }
            }
            browser.find("#theme").click();
            assertThat(browser.script("return document.documentElement.dataset.theme"))
                    .isEqualTo("light");
            browser.script("localStorage.clear()");
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void redrivesADeadLetterWithAnEdit(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        Settings settings = settings(cluster, topics);
        try (Application application = new Application(settings)) {
            application.start();
            cluster.sendValues(
                    topics.input(),
                    List.of(
                            Logins.bytes(Logins.withoutDevice(1)),
                            Logins.bytes("no login"),
                            Logins.bytes(Logins.withoutDevice(2))));
            open(settings);
            await().atMost(30, SECONDS).until(() -> browser.all("#letters tr").size() == 3);

            // When
            browser.find("[name=failure]").sendKeys("invalid");
            browser.find("[name=reason]").sendKeys("DEVICE");
            browser.find("#filters button").click();
            await().atMost(10, SECONDS).until(() -> browser.all("#letters tr").size() == 2);
            browser.find("#select-all").click();
            assertThat(browser.text("#selected")).isEqualTo("2");
            browser.find("[name=edits]").sendKeys("device_type=unknown");
            browser.find("#redrive button").click();

            // Then
            await().atMost(30, SECONDS)
                    .until(() -> browser.text("#redrive-result").contains("redrove 2 of 2"));
            await().atMost(20, SECONDS)
                    .until(() -> cluster.readCommitted(topics.output()).size() == 2);
            assertThat(cluster.readCommitted(topics.output()))
                    .allMatch(record -> Logins.text(record.value()).contains("\"device_type\":\"unknown\""));
            await("those that are done with are gone").atMost(10, SECONDS).until(() -> browser.text("#letters-empty")
                    .equals("No dead letter matches."));
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void textOfARecordIsTextAndDoesNotRun(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        Settings settings = settings(cluster, topics);
        String image = "<img src=x onerror='window.owned=1'>";
        String script = "</code></pre><script>window.owned=1</script><svg onload='window.owned=1'>";
        String login =
                Logins.numbered(1).replace("593-47-5928", image + "\\u0007").replace("android", image);
        try (Application application = new Application(settings)) {
            application.start();
            cluster.sendValues(
                    topics.input(),
                    List.of(
                            Logins.bytes(script),
                            Logins.bytes(login),
                            Logins.bytes(Logins.numbered(2).replace("android", "<script>window.owned=1</script>"))));

            // When
            open(settings);
            await().atMost(30, SECONDS).until(() -> browser.all("#letters tr").size() == 2);
            await().atMost(30, SECONDS).until(() -> number("#processed") == 1);
            List<String> shown = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                browser.all("#letters .look button").get(i).click();
                await().atMost(10, SECONDS)
                        .until(() -> !browser.text("#record .value").isEmpty());
                shown.add(browser.text("#record .value"));
                browser.find("#record-close").click();
            }

            // Then
            assertThat(shown).anyMatch(text -> text.equals(script)).anyMatch(text -> text.contains(image));
            assertThat(browser.text("#by-device_type tbody")).contains("<script>window.owned=1</script>");
            assertThat(browser.script("return window.owned === undefined")).isEqualTo(true);
            assertThat(browser.all("img[src=x], #letters script, #record script, main svg"))
                    .isEmpty();
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void pausesAndResumes(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        Settings settings = settings(cluster, topics);
        Health health = new Health(settings);
        try (Application application = new Application(settings)) {
            application.start();
            cluster.send(NumberedLogins.records(topics, 0, 100));
            open(settings);
            await().atMost(30, SECONDS).until(() -> number("#processed") == 95);

            // When
            browser.find("#pause").click();
            await().atMost(30, SECONDS).until(() -> browser.text("#state").equals("Paused"));
            cluster.send(NumberedLogins.records(topics, 100, 300));

            // Then nothing is processed, but it is known what waits
            await().atMost(20, SECONDS).until(() -> number("#lag") == 200);
            assertThat(number("#processed")).isEqualTo(95);
            assertThat(cluster.members(topics.group())).isEqualTo(1);
            assertThat(health.isReady()).isTrue();

            // When
            assertThat(browser.text("#pause")).isEqualTo("Resume");
            browser.find("#pause").click();

            // Then
            await().atMost(30, SECONDS).until(() -> number("#processed") == 285 && number("#lag") == 0);
            assertThat(browser.text("#state")).isEqualTo("Running");
            assertThat(browser.errors()).isEmpty();
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, 300);
    }

    @Test
    void asksForTheTokenOfTheSettings(Cluster cluster) throws Exception {
        // Given
        Settings settings = settings(cluster, cluster.freshTopics(1), "loginstream.console.token", "open-sesame");
        try (Application application = new Application(settings)) {
            application.start();

            // When
            open(settings);

            // Then
            await().atMost(10, SECONDS).until(() -> browser.find("#login").isDisplayed());
            browser.find("#login [name=token]").sendKeys("wrong");
            browser.find("#login button").click();
            await().atMost(10, SECONDS)
                    .until(() -> browser.text("#login-problem").contains("not the right one"));
            browser.find("#login [name=token]").sendKeys("open-sesame");
            browser.find("#login button").click();
            await().atMost(20, SECONDS).until(() -> browser.text("#state").equals("Running"));
            browser.find("#pause").click();
            await().atMost(20, SECONDS).until(() -> browser.text("#state").equals("Paused"));
            assertThat(browser.script("return location.href").toString()).doesNotContain("sesame");
            browser.errors(); // the answers 401 were to come
        }
    }

    private static void open(Settings settings) {
        browser.resize(1280, 900);
        browser.prefer("light");
        browser.open("http://127.0.0.1:" + settings.console().port() + "/");
        browser.script("sessionStorage.clear()");
        browser.errors();
        browser.open("http://127.0.0.1:" + settings.console().port() + "/");
    }

    private static long number(String css) {
        String digits = browser.text(css).replace(",", "");
        return digits.matches("[0-9]+") ? Long.parseLong(digits) : -1;
    }

    private static boolean isDrawn(String css) {
        return (Boolean) browser.script("""
                const canvas = document.querySelector(arguments[0] + ' canvas');
                const box = canvas.getContext('2d').getImageData(70, 0, canvas.width - 70, canvas.height - 40).data;
                const colours = new Set();
                for (let i = 0; i < box.length; i += 4) colours.add(box.slice(i, i + 4).join());
                return colours.size > 8;
                """, css);
    }

    private static Settings settings(Cluster cluster, TestTopics topics, String... overrides) {
        String[] all = new String[overrides.length + 4];
        System.arraycopy(overrides, 0, all, 4, overrides.length);
        all[0] = "loginstream.console.enabled";
        all[1] = "true";
        all[2] = "loginstream.console.port";
        all[3] = Integer.toString(FreePort.any());
        return topics.settings(cluster, all);
    }
}
