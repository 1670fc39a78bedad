package com.example.facewithotherway;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import com.megvii.meglive_sdk.FaceIdManager;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.login);
        findViewById(R.id.face).setOnClickListener(view -> FaceIdManager.startDetect(this));
        findViewById(R.id.password).setOnClickListener(view -> Log.i("main", "password"));
    }
}
