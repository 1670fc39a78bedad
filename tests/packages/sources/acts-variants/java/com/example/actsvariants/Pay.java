package com.example.actsvariants;

import android.app.Activity;
import android.os.Bundle;
import com.megvii.meglive_sdk.FaceIdManager;

public class Pay extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.pay);
        findViewById(R.id.go).setOnClickListener(view -> FaceIdManager.startDetect(this));
    }
}
