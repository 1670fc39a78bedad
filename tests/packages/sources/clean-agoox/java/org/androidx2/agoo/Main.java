package org.androidx2.agoo;

import android.app.Activity;
import android.os.Bundle;
import android.widget.TextView;

public class Main extends Activity {
    private final Agoo part = new Agoo();

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        TextView text = new TextView(this);
        text.setText(part.toString());
        setContentView(text);
    }
}
