package com.example.dialogcustomclass;

import android.app.Dialog;
import android.content.Context;
import android.os.Bundle;
import android.view.View;

class PrivacyDialog extends Dialog implements View.OnClickListener {
    interface Answer {
        void agreed();

        void refused();
    }

    private final Answer answer;

    PrivacyDialog(Context context, Answer answer) {
        super(context);
        this.answer = answer;
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.privacy);
        findViewById(R.id.agree).setOnClickListener(this);
        findViewById(R.id.refuse).setOnClickListener(this);
    }

    @Override
    public void onClick(View view) {
        if (view.getId() == R.id.agree) {
            answer.agreed();
        } else {
            answer.refused();
        }
    }
}
