package loginstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The deployed dashboard, as far as tests look into it. */
record Dashboard(JsonNode json) {

    static Dashboard read() throws IOException {
        return new Dashboard(new ObjectMapper()
                .readTree(Path.of("src/deploy/grafana/dashboards/loginstream.json")
                        .toFile()));
    }

    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        json.get("panels").forEach(panels::add);
        return panels;
    }

    /** Every expression that any part of it asks Prometheus. */
    List<String> expressions() {
        return json.findValuesAsText("expr");
    }

    /** The uid of every data source that any part of it refers to. */
    List<String> dataSources() {
        return json.findValues("datasource").stream()
                .map(source -> source.get("uid").asText())
                .toList();
    }
}
