package loginstream.bench.report;

import java.util.Locale;

/** What all pictures begin and end with, in colours that do on light and on dark ground. */
final class Svg {
    static final String END = "</svg>\n";

    private static final String STYLE = """
            <style>
            text { font: 14px system-ui, sans-serif; fill: #24292f; }
            .title { font-weight: 600; }
            .bar { fill: #8c959f; }
            .line { stroke: #8c959f; stroke-width: 2; fill: none; }
            .grid { stroke: #d0d7de; }
            .bar.ours { fill: #0969da; }
            .line.ours { stroke: #0969da; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3; }
              .bar { fill: #6e7681; }
              .line { stroke: #6e7681; }
              .grid { stroke: #30363d; }
              .bar.ours { fill: #4493f8; }
              .line.ours { stroke: #4493f8; }
            }
            </style>
            """;

    private Svg() {}

    static String begin(String title, int width, int height) {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                                + " aria-label=\"%s\">%n<title>%s</title>%n",
                        width,
                        height,
                        title,
                        title)
                + STYLE;
    }
}
