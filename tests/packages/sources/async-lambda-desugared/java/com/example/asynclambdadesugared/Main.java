package com.example.asynclambdadesugared;

import android.app.Activity;

public class Main extends Activity { }
