package com.example.usualsplashdialog;

import android.app.Dialog;
import android.content.Context;
import android.content.Intent;
import android.os.Bundle;
import android.text.SpannableString;
import android.text.method.LinkMovementMethod;
import android.text.style.ClickableSpan;
import android.view.View;
import android.widget.TextView;

public class PrivacyDialog extends Dialog implements View.OnClickListener {
    interface OnPrivacyListener {
        void onAgree();

        void onRefuse();
    }

    private OnPrivacyListener listener;

    public PrivacyDialog(Context context) {
        super(context);
    }

    public void setOnPrivacyListener(OnPrivacyListener listener) {
        this.listener = listener;
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.dialog_privacy);
        setCancelable(false);
        TextView content = (TextView) findViewById(R.id.tv_content);
        SpannableString text = new SpannableString("请阅读《用户协议》和《隐私政策》");
        text.setSpan(new ClickableSpan() {
            @Override
            public void onClick(View widget) {
                getContext().startActivity(new Intent(getContext(), WebActivity.class));
            }
        }, 10, 16, 0);
        content.setText(text);
        content.setMovementMethod(LinkMovementMethod.getInstance());
        findViewById(R.id.tv_agree).setOnClickListener(this);
        findViewById(R.id.tv_disagree).setOnClickListener(this);
    }

    @Override
    public void onClick(View v) {
        if (listener == null) {
            return;
        }
        if (v.getId() == R.id.tv_agree) {
            dismiss();
            listener.onAgree();
        } else if (v.getId() == R.id.tv_disagree) {
            listener.onRefuse();
        }
    }
}
