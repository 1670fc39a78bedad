package com.example.nettrustways;

import android.app.Application;
import android.util.Log;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        HttpsURLConnection.setDefaultHostnameVerifier((name, session) -> true);
        X509TrustManager unnamed = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) { }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {
                Log.i("trust", "of " + chain.length + " " + type);
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return null;
            }
        };
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] all = {unnamed, new Swallows(unnamed), new Hands(unnamed), new Strict()};
            context.init(null, all, null);
            HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
        } catch (GeneralSecurityException error) {
            Log.i("app", "none");
        }
    }

    /** Checks, and does not care for the answer. */
    static class Swallows extends Strict {
        private final X509TrustManager inner;

        Swallows(X509TrustManager inner) {
            this.inner = inner;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            try {
                inner.checkServerTrusted(chain, type);
            } catch (CertificateException error) {
                Log.i("trust", "wrong");
            }
        }
    }

    /** Leaves the check to another one. */
    static class Hands extends Strict {
        private final X509TrustManager inner;

        Hands(X509TrustManager inner) {
            this.inner = inner;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            inner.checkServerTrusted(chain, type);
        }
    }

    /** Compares with what is known. */
    static class Strict implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            require(chain);
        }

        private static void require(X509Certificate[] chain) throws CertificateException {
            if (!"CN=example".equals(chain[0].getIssuerX500Principal().getName())) {
                throw new CertificateException("unknown");
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return null;
        }
    }
}
