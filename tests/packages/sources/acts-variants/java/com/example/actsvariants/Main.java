package com.example.actsvariants;

import android.app.Activity;
import android.content.ComponentName;
import android.content.Intent;
import android.content.ServiceConnection;
import android.os.Bundle;
import android.os.IBinder;
import android.widget.Button;

public class Main extends Activity implements ServiceConnection {
    private Bound.Hand hand;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Button memo = new Button(this);
        memo.setText("录音");
        memo.setOnClickListener(view -> hand.memo());
        setContentView(memo);
        bindService(new Intent(this, Bound.class), this, BIND_AUTO_CREATE);
    }

    @Override
    public void onServiceConnected(ComponentName name, IBinder binder) {
        hand = (Bound.Hand) binder;
    }

    @Override
    public void onServiceDisconnected(ComponentName name) {
        hand = null;
    }
}
