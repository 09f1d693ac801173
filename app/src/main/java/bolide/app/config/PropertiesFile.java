package bolide.app.config;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// A file in the format of Java's properties, with the line that each key stands in.
final class PropertiesFile {
    /// What one key is.
    ///
    /// @param line where it begins, counted from 1
    /// @param value without the spaces around it
    /// @param earlier the lines above in which the key stands, too
    record Entry(Path file, int line, String key, String value, List<Integer> earlier) {
        /// @return it in the place of one that stands above
        Entry after(Entry replaced) {
            List<Integer> lines = new ArrayList<>(replaced.earlier());
            lines.add(replaced.line());
            return new Entry(file, line, key, value, List.copyOf(lines));
        }

        /// @return the value refused, with its place
        ConfigException refused(String rule) {
            return placed(ConfigException.of(key, value, rule));
        }

        /// @return what is said of the value, with its place
        ConfigException placed(ConfigException unusable) {
            return unusable.at(file, line, key);
        }
    }

    private static final int LAST_OF_ASCII = 127;

    private PropertiesFile() {}

    /// @return entries in the order of the file; of a key that stands there more than once the last
    /// @throws ConfigException when it cannot be read
    static List<Entry> read(Path file) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<String> lines = lines(file);
        for (int at = 0; at < lines.size(); at++) {
            int first = at;
            StringBuilder logical = new StringBuilder(lines.get(at));
            while (!isComment(lines.get(first)) && isContinued(lines.get(at))) {
                at++;
                if (at == lines.size()) {
                    break;
                }
                logical.append('\n').append(lines.get(at));
            }
            for (Entry entry : entries(file, first + 1, logical.toString())) {
                Entry replaced = entries.remove(entry.key()); // so that the later place counts
                entries.put(entry.key(), replaced == null ? entry : entry.after(replaced));
            }
        }
        return new ArrayList<>(entries.values());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException absent) {
            throw new ConfigException(
                    "configuration file "
                            + file
                            + " does not exist; name one that does, or leave --config out");
        } catch (CharacterCodingException otherEncoding) {
            return linesInAnotherEncoding(file);
        } catch (IOException failure) {
            throw unreadable(file, failure.getMessage());
        }
    }

    /// Comments may be in any; they are nothing but that to us.
    private static List<String> linesInAnotherEncoding(Path file) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            for (int at = 0; at < lines.size(); at++) {
                String line = lines.get(at);
                if (!isComment(line) && line.chars().anyMatch(c -> c > LAST_OF_ASCII)) {
                    throw unreadable(
                            file, "it is not UTF-8 text, and line " + (at + 1) + " is no comment");
                }
            }
            return lines;
        } catch (IOException failure) {
            throw unreadable(file, failure.getMessage());
        }
    }

    private static boolean isComment(String line) {
        String content = line.stripLeading();
        return content.startsWith("#") || content.startsWith("!");
    }

    /// @return whether it ends with an odd number of backslashes
    private static boolean isContinued(String line) {
        int at = line.length();
        while (at > 0 && line.charAt(at - 1) == '\\') {
            at--;
        }
        return (line.length() - at) % 2 == 1;
    }

    /// @return the one entry of a line and those that continue it; none of a comment
    private static List<Entry> entries(Path file, int line, String logical) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(logical));
        } catch (IllegalArgumentException malformed) {
            throw unreadable(file, "line " + line + ": " + malformed.getMessage());
        } catch (IOException impossible) { // of a text in memory
            throw new UncheckedIOException(impossible);
        }
        return properties.stringPropertyNames().stream()
                .map(key ->
                        new Entry(file, line, key, properties.getProperty(key).strip(), List.of()))
                .toList();
    }

    private static ConfigException unreadable(Path file, String reason) {
        return new ConfigException(
                "configuration file "
                        + file
                        + " cannot be read: "
                        + reason
                        + "; it has to be lines of key=value");
    }
}
