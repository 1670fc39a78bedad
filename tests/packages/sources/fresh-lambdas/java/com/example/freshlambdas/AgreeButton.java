package com.example.freshlambdas;

import android.app.Activity;
import android.widget.Button;

final class AgreeButton {
    private AgreeButton() { }

    static void show(Activity activity, Function0<Void> onClick) {
        Button button = new Button(activity);
        button.setText("同意");
        button.setOnClickListener(view -> onClick.invoke());
        activity.setContentView(button);
    }
}
