package com.example.freshjsbridge;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.webkit.WebView;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        WebView web = new WebView(this);
        web.getSettings().setJavaScriptEnabled(true);
        web.addJavascriptInterface(new PageBridge(this), "page");
        web.loadUrl("file:///android_asset/index.html");
        setContentView(web);
        new AlertDialog.Builder(this).setMessage("《用户协议》和《隐私政策》")
            .setNegativeButton("不同意", (dialog, which) -> finish())
            .setPositiveButton("同意并继续", (dialog, which) -> web.addJavascriptInterface(new AccountBridge(this), "account"))
            .show();
    }
}
