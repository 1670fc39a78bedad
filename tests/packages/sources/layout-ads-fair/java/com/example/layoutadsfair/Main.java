package com.example.layoutadsfair;

import android.app.Activity;
import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.dialog_offer);
        findViewById(R.id.around).setOnClickListener(view -> finish());
        new Light().watch(this);
    }

    public void help() {
        startActivity(new Intent(Intent.ACTION_VIEW, Uri.parse("https://help.example.com")));
    }
}
