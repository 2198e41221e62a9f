package loginstream.config.reading;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jline.utils.Levenshtein;

/** Finds the name that somebody may have meant. */
public final class Spelling {
    private Spelling() {}

    /**
     * The known name that is nearest: one letter that is wrong, missing, too many or swapped with its neighbour is near,
     * and one more for every six letters of a longer name, up to three.
     */
    public static Optional<String> nearest(String given, Collection<String> known) {
        int near = Math.min(3, Math.max(1, given.length() / 6));
        return known.stream()
                .filter(name -> Math.abs(name.length() - given.length()) <= near)
                .filter(name -> Levenshtein.distance(given, name) <= near)
                .min(Comparator.comparingInt(name -> Levenshtein.distance(given, name)));
    }
}
