package com.example.sdkjpushprovider;

import android.app.Activity;
import android.os.Bundle;
import android.widget.Button;
import cn.jpush.android.api.JPushInterface;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Button agree = new Button(this);
        agree.setText("同意");
        agree.setOnClickListener(view -> JPushInterface.init(this));
        setContentView(agree);
    }
}
