package bolide.benchmarks.plot;

import bolide.benchmarks.meter.Figure;
import bolide.benchmarks.meter.Reading;
import bolide.protocol.json.JsonReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads what `compare --with ... --json` printed.
final class ResultReader {
    private static final int DEPTH = 8;

    private final JsonReader json;
    private String name = "";
    private String about = "";
    private final List<Result.Server> servers = new ArrayList<>();
    private final List<Result.Goal> goals = new ArrayList<>();

    private ResultReader(String line) {
        json = new JsonReader(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), DEPTH);
    }

    /// @return without servers for a line of something that Bolide cannot do yet
    static Result read(String line) {
        ResultReader reader = new ResultReader(line);
        reader.readResult();
        return new Result(reader.name, reader.about, reader.servers, reader.goals);
    }

    private void readResult() {
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "name" -> name = json.nextText("");
                case "about" -> about = json.nextText("");
                case "servers" -> readServers();
                case "goals" -> readGoals();
                default -> json.skipValue();
            }
        }
        json.endObject();
        json.end();
    }

    private void readServers() {
        json.beginArray();
        while (json.hasNext()) {
            String server = "";
            List<Reading> rounds = new ArrayList<>();
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "name" -> server = json.nextText("");
                    case "rounds" -> readRounds(rounds);
                    default -> json.skipValue();
                }
            }
            json.endObject();
            servers.add(new Result.Server(server, rounds));
        }
        json.endArray();
    }

    private void readRounds(List<Reading> rounds) {
        json.beginArray();
        while (json.hasNext()) {
            Map<Figure, Double> figures = new EnumMap<>(Figure.class);
            json.beginObject();
            while (json.hasNext()) {
                Figure figure = Figure.valueOf(json.nextName().toUpperCase(Locale.ROOT));
                figures.put(figure, Double.valueOf(json.nextAsText()));
            }
            json.endObject();
            rounds.add(new Reading(figures));
        }
        json.endArray();
    }

    private void readGoals() {
        json.beginArray();
        while (json.hasNext()) {
            String text = "";
            double reached = Double.NaN;
            boolean met = false;
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "goal" -> text = json.nextText("");
                    case "reached" -> reached = Double.parseDouble(json.nextAsText());
                    case "met" -> met = json.nextBoolean(false);
                    default -> json.skipValue();
                }
            }
            json.endObject();
            goals.add(new Result.Goal(text, reached, met));
        }
        json.endArray();
    }
}
