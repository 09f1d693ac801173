package bolide.protocol.statistics;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import java.nio.ByteBuffer;

/** The course of one figure: the answer to request 315. */
public record StatisticsData(Span minute, Span hour, Span day) {
    /**
     * One stretch of time up to now.
     *
     * @param sum what came together in it
     * @param perSecond the sum by the seconds it took
     * @param average the sum by the messages it is made of
     */
    public record Span(long sum, double perSecond, double average) {
        public static final Span NONE = new Span(0, 0, 0);

        private static Span read(JsonReader json) {
            long sum = 0;
            double perSecond = 0;
            double average = 0;
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "sum" -> sum = json.nextLong(0);
                    case "tps" -> perSecond = json.nextDouble(0);
                    case "avgpt" -> average = json.nextDouble(0);
                    default -> json.skipValue();
                }
            }
            json.endObject();
            return new Span(sum, perSecond, average);
        }

        private void write(JsonWriter json) {
            json.beginObject();
            json.name("avgpt").value(average);
            json.name("sum").value(sum);
            json.name("tps").value(perSecond);
            json.endObject();
        }
    }

    public ByteBuffer encode() {
        return JsonBody.write(json -> {
            json.beginObject();
            day.write(json.name("statsDay"));
            hour.write(json.name("statsHour"));
            minute.write(json.name("statsMinute"));
            json.endObject();
        });
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static StatisticsData decode(ByteBuffer body) {
        return JsonBody.read(body, "statistics", StatisticsData::read);
    }

    private static StatisticsData read(JsonReader json) {
        Span minute = Span.NONE;
        Span hour = Span.NONE;
        Span day = Span.NONE;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "statsMinute" -> minute = Span.read(json);
                case "statsHour" -> hour = Span.read(json);
                case "statsDay" -> day = Span.read(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new StatisticsData(minute, hour, day);
    }
}
