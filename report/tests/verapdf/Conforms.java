// Checks PDF files against the standards that a report claims. The first rule that is broken ends it.
// usage: java -cp LIBRARIES Conforms.java FILE…

import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

public class Conforms {
    private static final PDFAFlavour[] STANDARDS = {PDFAFlavour.PDFA_3_A, PDFAFlavour.PDFUA_1};

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (var file : files) {
            for (var standard : STANDARDS) {
                check(file, standard);
            }
        }
    }

    private static void check(String file, PDFAFlavour standard) throws Exception {
        var foundry = Foundries.defaultInstance();
        try (var parser = foundry.createParser(new FileInputStream(file), standard)) {
            var result = foundry.createValidator(standard, false).validate(parser);
            System.out.printf("%s: %s, %d checks%n", file, standard, result.getTotalAssertions());
            if (!result.isCompliant()) {
                result.getTestAssertions().stream().limit(10).forEach(
                        broken -> System.err.println(broken.getRuleId().getClause() + " " + broken.getMessage()));
                System.exit(1);
            }
        }
    }
}
