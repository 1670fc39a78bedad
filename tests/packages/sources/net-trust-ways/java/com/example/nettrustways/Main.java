package com.example.nettrustways;

import android.app.Activity;
import android.net.http.SslError;
import android.os.Bundle;
import android.webkit.SslErrorHandler;
import android.webkit.WebView;
import android.webkit.WebViewClient;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        WebView view = new WebView(this);
        view.setWebViewClient(new GoesOn());
        WebView other = new WebView(this);
        other.setWebViewClient(new Looks());
    }

    static class GoesOn extends WebViewClient {
        @Override
        public void onReceivedSslError(WebView view, SslErrorHandler asked, SslError error) {
            asked.proceed();
        }
    }

    static class Looks extends WebViewClient {
        @Override
        public void onReceivedSslError(WebView view, SslErrorHandler asked, SslError error) {
            if (error.getPrimaryError() == SslError.SSL_DATE_INVALID) {
                asked.proceed();
            } else {
                asked.cancel();
            }
        }
    }
}
