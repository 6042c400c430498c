import com.android.apksig.ApkSigner;
import com.android.apksig.ApkVerifier;
import java.io.File;
import java.io.FileInputStream;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** Aligns an APK as its entries ask for, signs and verifies it. Arguments: APK, signed APK, key store, its password. */
class Sign {
    private static final int MIN_SDK = 26;

    public static void main(String[] arguments) throws Exception {
        File apk = new File(arguments[0]);
        File signed = new File(arguments[1]);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        char[] password = arguments[3].toCharArray();
        try (FileInputStream in = new FileInputStream(arguments[2])) {
            keys.load(in, password);
        }
        String alias = keys.aliases().nextElement();
        PrivateKey key = (PrivateKey) keys.getKey(alias, password);
        X509Certificate certificate = (X509Certificate) keys.getCertificate(alias);
        ApkSigner.SignerConfig signer = new ApkSigner.SignerConfig.Builder(alias, key, List.of(certificate)).build();
        new ApkSigner.Builder(List.of(signer))
                .setInputApk(apk)
                .setOutputApk(signed)
                .setMinSdkVersion(MIN_SDK)
                .build()
                .sign();
        ApkVerifier.Result result = new ApkVerifier.Builder(signed).setMinCheckedPlatformVersion(MIN_SDK).build().verify();
        System.out.printf(
                "verified %b, scheme 2 %b, scheme 3 %b%n",
                result.isVerified(), result.isVerifiedUsingV2Scheme(), result.isVerifiedUsingV3Scheme());
        result.getAllErrors().forEach(System.out::println);
        if (!result.isVerified() || !result.isVerifiedUsingV2Scheme() || !result.isVerifiedUsingV3Scheme()) {
            System.exit(1);
        }
    }
}
