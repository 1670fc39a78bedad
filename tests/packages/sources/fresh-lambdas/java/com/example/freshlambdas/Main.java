package com.example.freshlambdas;

import android.app.Activity;
import android.os.Bundle;

public class Main extends Activity {
    private final Lazy<String> id = new Lazy<>(() -> Ids.stable(this));

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setTitle(id.getValue());
        new Thread(new Merged(0, this)).start();
        AgreeButton.show(this, this::agreed);
    }

    private Void agreed() {
        Ids.phone(this);
        new Thread(new Merged(1, this)).start();
        return null;
    }
}
