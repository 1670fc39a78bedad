package com.example.asynchandlers;

import android.app.Activity;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.os.Message;
import android.telephony.TelephonyManager;
import android.view.Choreographer;

public class Main extends Activity implements Handler.Callback {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Handler plain = new Handler(Looper.getMainLooper());
        plain.post(new Posted(this));
        plain.postDelayed(new Delayed(this), 3000);
        new Mail(this).sendEmptyMessage(1);
        new Handler(this).obtainMessage(2).sendToTarget();
        new Desk(this).start();
        Looper.myQueue().addIdleHandler(new Idle(this));
        Choreographer.getInstance().postFrameCallback(new Frame(this));
        getWindow().getDecorView().post(new OfView(this));
    }

    @Override
    public boolean handleMessage(Message message) {
        return ((TelephonyManager) this.getSystemService("phone")).getLine1Number() != null;
    }
}
