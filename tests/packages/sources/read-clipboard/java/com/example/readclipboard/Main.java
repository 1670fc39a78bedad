package com.example.readclipboard;

import android.app.Activity;
import android.content.ClipboardManager;
import android.util.Log;

public class Main extends Activity implements ClipboardManager.OnPrimaryClipChangedListener {
    @Override
    protected void onResume() {
        super.onResume();
        Log.i("main", String.valueOf(((ClipboardManager) this.getSystemService("clipboard")).getPrimaryClip()));
        ((ClipboardManager) getSystemService("clipboard")).addPrimaryClipChangedListener(this);
    }

    @Override
    public void onPrimaryClipChanged() {
        changed();
    }

    private void changed() {
        Log.i("main", String.valueOf(((ClipboardManager) this.getSystemService("clipboard")).getPrimaryClip()));
    }
}
